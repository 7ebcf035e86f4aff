using System.IO.Compression;
using AirportOps.Reliability;

namespace AirportOps.Streams;

/// <summary>Writes records to a file or a standard output, one a line, as they are: what <c>clean FILE</c> reads.</summary>
/// <remarks>
/// Keys are not written. A line has no escapes, so a record that is empty or holds a line feed or a carriage return is refused: it would
/// come back as another record, or as none. The file is complete when the writer is disposed, not before.
/// </remarks>
public sealed class FileStreamWriter : IStreamWriter
{
    private const int BufferBytes = 1 << 16;

    private readonly string _place;
    private readonly Stream _output;
    private readonly bool _isOwned;
    private readonly bool _isCompressed;

    private FileStreamWriter(string place, Stream output, bool isOwned, bool isCompressed)
    {
        (_place, _isOwned, _isCompressed) = (place, isOwned, isCompressed);
        _output = new BufferedStream(isCompressed ? new GZipStream(output, CompressionLevel.Optimal) : output, BufferBytes);
    }

    /// <summary>Creates a file of the user alone, or replaces one; one whose name ends in <c>.gz</c> is compressed.</summary>
    /// <exception cref="StreamException">The file can't be created.</exception>
    public static FileStreamWriter Create(string path)
    {
        try
        {
            var file = new FileStream(path, FileModes.Private(FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous));
            return new(path, file, isOwned: true, isCompressed: path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw LocalStreamFailure.Of("create", path, exception);
        }
    }

    /// <summary>Writes to a stream that stays the caller's and is left open.</summary>
    /// <param name="output">For instance standard output.</param>
    /// <param name="name">For messages.</param>
    public static FileStreamWriter Over(Stream output, string name) => new(name, output, isOwned: false, isCompressed: false);

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<OutgoingRecord> records, CancellationToken cancellationToken)
    {
        for (var index = 0; index < records.Count; index++)
        {
            if (WhyNot(records[index].Data.Span) is { } reason)
            {
                throw new ArgumentException($"Record {index + 1} {reason} and can't be a line of '{_place}'; write it to a stream.");
            }
        }

        try
        {
            foreach (var record in records)
            {
                await _output.WriteAsync(record.Data, cancellationToken).ConfigureAwait(false);
                _output.WriteByte((byte)'\n');
            }

            // Who follows the output sees whole calls; compressed, a flush a call would cost its ratio.
            if (!_isCompressed)
            {
                await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw LocalStreamFailure.Of("write to", _place, exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StreamException">The rest of the file can't be written.</exception>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_isOwned)
            {
                await _output.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            throw LocalStreamFailure.Of("finish", _place, exception);
        }
    }

    /// <inheritdoc/>
    public string? WhyNot(ReadOnlySpan<byte> data)
    {
        var lineBreak = data.IndexOfAny((byte)'\n', (byte)'\r');
        return data.IsEmpty ? "is empty" : lineBreak >= 0 ? $"has a line break at byte {lineBreak}" : null;
    }
}
