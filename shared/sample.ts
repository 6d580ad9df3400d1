/** What the import of the sample data is called, by which it is found again. */
export const sampleName = 'Sample data'
