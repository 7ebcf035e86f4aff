using System.Numerics;
using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Encodings;
using AirportOps.Parquet.Meta;

namespace AirportOps.Parquet;

/// <summary>Choosing among <see cref="ParquetEncodings.Compact"/>.</summary>
internal sealed partial class ColumnChunkWriter
{
    private EncodingTrial NewTrial()
    {
        scratch.Page.Clear();
        return new EncodingTrial(options.Codec, scratch);
    }

    /// <summary>A trial that has the dictionary, of which the sample bears its share.</summary>
    private EncodingTrial TryIndexes(ReadOnlySpan<int> indexes, ReadOnlySpan<byte> entries, int entryCount)
    {
        var trial = NewTrial();
        var sample = indexes[..Math.Min(indexes.Length, EncodingTrial.SampleSize)];
        var share = (long)PageCompression.Compress(options.Codec, entries, scratch).Length * sample.Length / indexes.Length;
        HybridEncoder.EncodeIndexes(sample, DictionaryRule.IndexWidth(entryCount), scratch.Page);
        trial.Take(IndexEncoding, share);
        return trial;
    }

    private Encoding Smallest<T>(EncodingTrial trial, bool hasDictionary, ReadOnlySpan<T> sample, ReadOnlySpan<Encoding> encodings)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (!hasDictionary)
        {
            ValueEncoding.FixedWidth(Encoding.Plain, sample, scratch.Page);
            trial.Take(Encoding.Plain);
        }

        foreach (var encoding in encodings)
        {
            ValueEncoding.FixedWidth(encoding, sample, scratch.Page);
            trial.Take(encoding);
        }

        return trial.Best;
    }

    private Encoding Smallest(EncodingTrial trial, bool hasDictionary, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> sample)
    {
        if (!hasDictionary)
        {
            ValueEncoding.Utf8(Encoding.Plain, bytes, sample, scratch.Lengths, scratch.Page);
            trial.Take(Encoding.Plain);
        }

        foreach (var encoding in ValueEncoding.OfUtf8)
        {
            ValueEncoding.Utf8(encoding, bytes, sample, scratch.Lengths, scratch.Page);
            trial.Take(encoding);
        }

        return trial.Best;
    }
}
