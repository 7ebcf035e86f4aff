using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet.Encodings;

/// <summary>
/// Finds the encoding that makes a column chunk smallest by trying each on the chunk's first values, compressed as they will be: what is
/// small before compression often is not after it. Of equals the first tried stays.
/// </summary>
internal struct EncodingTrial(ParquetCodec codec, ParquetWriterScratch scratch)
{
    /// <summary>Values to try on: a fraction of a large chunk, so that trials cost little.</summary>
    internal const int SampleSize = 1 << 14;

    private long _leastBytes = long.MaxValue;

    /// <summary>The best so far.</summary>
    internal Encoding Best { get; private set; }

    /// <summary>Takes what has been encoded into the scratch's page, and empties that.</summary>
    /// <param name="encoding">The encoding.</param>
    /// <param name="otherBytes">Bytes it takes elsewhere: the sample's share of the dictionary.</param>
    internal void Take(Encoding encoding, long otherBytes = 0)
    {
        var bytes = PageCompression.Compress(codec, scratch.Page.Written, scratch).Length + otherBytes;
        scratch.Page.Clear();
        if (bytes < _leastBytes)
        {
            _leastBytes = bytes;
            Best = encoding;
        }
    }
}
