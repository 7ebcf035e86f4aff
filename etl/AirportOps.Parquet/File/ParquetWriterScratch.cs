using System.Buffers;
using AirportOps.Parquet.Compression;
using AirportOps.Parquet.Encodings;

namespace AirportOps.Parquet;

/// <summary>
/// Working memory of column writing: pages, indexes, dictionaries. Nothing stays in it between two calls, so one serves any number of
/// open writers, as long as they write on one thread at a time. It grows to the largest page and dictionary seen and keeps that until
/// disposed; disposed, it may be used again.
/// </summary>
public sealed class ParquetWriterScratch : IDisposable
{
    private int[] _indexes = [];
    private ZstandardContext? _zstandard;

    internal PooledBuffer Page { get; } = new();

    internal PooledBuffer Compressed { get; } = new();

    /// <summary>Headers and pages on their way to the stream.</summary>
    internal PooledBuffer Output { get; } = new();

    /// <summary>Lengths of strings that are encoded apart from their bytes.</summary>
    internal PooledBuffer Lengths { get; } = new();

    internal ZstandardContext Zstandard => _zstandard ??= new ZstandardContext();

    internal FixedWidthDictionary<int> Int32Dictionary { get; } = new();

    internal FixedWidthDictionary<long> Int64Dictionary { get; } = new();

    internal Utf8Dictionary Utf8Dictionary { get; } = new();

    internal Span<int> Indexes(int count)
    {
        if (_indexes.Length < count)
        {
            ReturnIndexes();
            _indexes = ArrayPool<int>.Shared.Rent(count);
        }

        return _indexes.AsSpan(0, count);
    }

    /// <summary>Gives the memory back to the shared pool.</summary>
    public void Dispose()
    {
        Page.Dispose();
        Compressed.Dispose();
        Output.Dispose();
        Lengths.Dispose();
        _zstandard?.Dispose();
        _zstandard = null;
        Int32Dictionary.Dispose();
        Int64Dictionary.Dispose();
        Utf8Dictionary.Dispose();
        ReturnIndexes();
    }

    private void ReturnIndexes()
    {
        if (_indexes.Length > 0)
        {
            ArrayPool<int>.Shared.Return(_indexes);
        }

        _indexes = [];
    }
}
