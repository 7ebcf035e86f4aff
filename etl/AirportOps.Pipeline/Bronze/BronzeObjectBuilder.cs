using System.Buffers;
using System.IO.Compression;
using AirportOps.Streams;

namespace AirportOps.Pipeline.Bronze;

/// <summary>Collects consecutive records of one shard and hour as the content of an object. Reused, so that it keeps its memory.</summary>
internal sealed class BronzeObjectBuilder(string stream, string shard) : IDisposable
{
    /// <summary>Lines go to the compressor in pieces of about this size.</summary>
    private const int PieceBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(2 * PieceBytes);
    private readonly MemoryStream _content = new();
    private GZipStream? _gzip;
    private SequenceNumber _first;
    private SequenceNumber _last;
    private SequenceNumber? _before;
    private byte[] _link = [];

    /// <summary>Records in it; with none the members below mean nothing.</summary>
    public int Records { get; private set; }

    /// <summary>Bytes of their data.</summary>
    public long DataBytes { get; private set; }

    /// <summary>The hour all arrived in.</summary>
    public DateTimeOffset Hour { get; private set; }

    /// <summary>The first record's number.</summary>
    public SequenceNumber First => _first;

    /// <summary>Says what the archive holds of the shard so far: the link that the next object carries.</summary>
    /// <param name="last">The last record archived; null for none.</param>
    public void GoOnAfter(SequenceNumber? last) => _before = last;

    public void Add(in StreamRecord record)
    {
        if (Records == 0)
        {
            // Room before the compressor's own header, which moves there in the end.
            _link = BronzeLink.Write(_before);
            _content.SetLength(_link.Length);
            _content.Position = _link.Length;
            _first = record.Sequence;
            Hour = BronzeKey.HourOf(record.Arrived);
            _gzip = new GZipStream(_content, CompressionLevel.Fastest, leaveOpen: true);
        }

        _last = record.Sequence;
        Records++;
        DataBytes += record.Data.Length;
        BronzeLine.Write(_lines, shard, record);
        if (_lines.WrittenCount >= PieceBytes) Compress();
    }

    /// <summary>Ends the object. Its content is valid until the builder is reset.</summary>
    public (string Key, ReadOnlyMemory<byte> Content) Finish()
    {
        Compress();
        _gzip!.Dispose();
        BronzeLink.Insert(_link, _content.GetBuffer());
        return (new BronzeKey(stream, Hour, shard, _first, _last).ToString(), _content.GetBuffer().AsMemory(0, (int)_content.Length));
    }

    /// <summary>Empties it for the next object, which goes on after this one.</summary>
    public void StartNext()
    {
        _before = _last;
        Reset();
    }

    /// <summary>Empties it.</summary>
    public void Reset()
    {
        _gzip?.Dispose();
        _gzip = null;
        _content.SetLength(0);
        _lines.ResetWrittenCount();
        Records = 0;
        DataBytes = 0;
    }

    public void Dispose() => Reset();

    private void Compress()
    {
        _gzip!.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }
}
