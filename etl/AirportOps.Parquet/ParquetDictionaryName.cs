namespace AirportOps.Parquet;

/// <summary>Which of the format's two names of dictionary encoding a file uses; the bytes of the pages are the same.</summary>
public enum ParquetDictionaryName
{
    /// <summary>PLAIN_DICTIONARY, the name of format 1.0, in data and dictionary pages: known to every reader.</summary>
    PlainDictionary,

    /// <summary>RLE_DICTIONARY in data pages, PLAIN in the dictionary page: the name since format 2.0.</summary>
    RleDictionary,
}
