using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using AirportOps.Cleaning;
using AirportOps.Pipeline.Quarantine;
using AirportOps.Pipeline.Windows;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// The refused events of one date of arrival on their way into a file, in pieces of one size, each a gzip member (RFC 1952, section 2.2). Appending
/// is for one caller at a time.
/// </summary>
internal sealed class QuarantinePartition : IDisposable
{
    /// <summary>A longer piece compresses hardly better, and its buffer would go to the large object heap.</summary>
    private const int PieceBytes = 64 << 10;

    private readonly AppendedFile _file;
    private readonly SerialWork _work;
    private readonly Utf8JsonWriter _json = new(Stream.Null, QuarantineFormat.WriterOptions);
    private readonly string _key;
    private readonly PieceStream _lines;
    private long _lineCount;

    internal QuarantinePartition(DateOnly day, OutputFolder folder, WorkQueue queue)
    {
        _key = string.Create(CultureInfo.InvariantCulture, $"quarantine/date={day:yyyy-MM-dd}/part-00001.jsonl.gz");
        _file = folder.Create(_key);
        _work = new SerialWork(queue);
        _lines = new PieceStream(PieceBytes, (piece, length) => _work.Add(() => Write(piece, length)));
    }

    /// <summary>The file; right once all work is done.</summary>
    internal WindowObject File => new(_key, _lineCount, _file.Length);

    internal void Append(Refusal refusal)
    {
        QuarantineFormat.WriteLine(refusal, _lines, _json);
        _lineCount++;
    }

    /// <summary>Writes what was gathered and completes the file.</summary>
    internal void Finish()
    {
        _lines.HandOn();
        _work.Add(_file.Complete);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A JSON writer flushes what it holds to its stream.
        _json.Reset(Stream.Null);
        _json.Dispose();
        _file.Dispose();
        _lines.Dispose();
    }

    private void Write(byte[] lines, int length)
    {
        using var member = new MemoryStream(PieceBytes / 4);
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(lines.AsSpan(0, length));
        }

        ArrayPool<byte>.Shared.Return(lines);
        _file.Write(member.GetBuffer().AsSpan(0, (int)member.Length));
        _file.Release();
    }
}
