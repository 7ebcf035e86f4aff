using System.Buffers;
using System.Globalization;
using System.Text;
using AirportOps.Reliability;
using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams;

/// <summary>Appends to one shard. The caller holds the writer's lock.</summary>
/// <remarks>
/// After any failure the segment is left as it is and the next append starts a new one, just as after a restart: what stands
/// whole at the end of the old segment may have been read and stays, the rest is cut off by the new segment's header.
/// </remarks>
internal sealed class ShardAppender(ShardFolder folder, LocalStreamOptions options, ILogFiles files, TimeProvider clock) : IDisposable
{
    /// <summary>Bytes at which an append is flushed in between, to bound its memory.</summary>
    private const int MaxWriteBytes = 16 << 20;

    private SafeFileHandle? _file;
    private SegmentHeader _header;
    private uint _seed;
    private long _end;
    private ulong _nextSequence;
    private long _lastArrivedMicros = long.MinValue;

    /// <summary>Appends records, durably when it returns.</summary>
    /// <param name="records">All that are being written.</param>
    /// <param name="indexes">Those of this shard, in order.</param>
    /// <exception cref="StreamException">Any of the records may have been written.</exception>
    public void Append(IReadOnlyList<OutgoingRecord> records, List<int> indexes)
    {
        try
        {
            for (var from = 0; from < indexes.Count;)
            {
                var bytes = 0;
                var to = from;
                while (to < indexes.Count && bytes < MaxWriteBytes)
                {
                    var (key, data) = records[indexes[to++]];
                    bytes += Frame.LengthOf(key, data);
                }

                PrepareSegment();
                Commit(records, indexes[from..to], bytes);
                from = to;
            }
        }
        catch (Exception exception)
        {
            Close();
            if (Faults.IsOfFiles(exception))
            {
                throw LocalStreamFailure.Of("write to", folder.Path, exception);
            }

            throw;
        }
    }

    /// <summary>Seals the segment. That this may fail loses nothing: it only tells damage from an unfinished write.</summary>
    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        try
        {
            Span<byte> seal = stackalloc byte[Frame.HeaderBytes];
            Frame.Write(seal, _seed, _nextSequence, _lastArrivedMicros, (uint)_end, "", default);
            files.Write(_file, seal, _end);
            files.Flush(_file);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            // A disk that is full or gone has been reported by the append that met it.
        }

        Close();
    }

    private void Commit(IReadOnlyList<OutgoingRecord> records, List<int> indexes, int bytes)
    {
        var arrived = Math.Max(UnixMicros.Of(clock.GetUtcNow()), _lastArrivedMicros);
        var sequence = _nextSequence;
        var buffer = ArrayPool<byte>.Shared.Rent(bytes);
        try
        {
            var written = 0;
            foreach (var index in indexes)
            {
                var (key, data) = records[index];
                written += Frame.Write(buffer.AsSpan(written), _seed, sequence++, arrived, (uint)_end, key, data.Span);
            }

            files.Write(_file!, buffer.AsSpan(0, written), _end);
            files.Flush(_file!);
            (_end, _nextSequence, _lastArrivedMicros) = (_end + written, sequence, arrived);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void PrepareSegment()
    {
        var now = UnixMicros.Of(clock.GetUtcNow());
        var isDue = _end >= options.SegmentBytes
            || (options.RetentionAge is { } age && now - _header.ArrivedMicrosFloor > age.TotalMicroseconds);
        if (_file is not null && !isDue)
        {
            return;
        }

        var (number, end) = _file is null ? Recover() : (_header.Number, _end);
        Close();
        StartSegment(new SegmentHeader(number + 1, end, Math.Max(now, _lastArrivedMicros)));
        try
        {
            Trim(now);
        }
        catch (Exception exception) when (Faults.IsOfFiles(exception))
        {
            // Old records that can't be removed must not keep new ones out; the next segment tries again.
        }
    }

    /// <summary>Finds where the newest segment ends and makes sure that it will still end there after a power cut.</summary>
    private (long Number, long End) Recover()
    {
        var newest = folder.Segments().LastOrDefault();
        if (newest == 0)
        {
            return (0, 0);
        }

        // Damage is for the readers to report: the log goes on, and all of the segment stays claimed.
        using var cursor = TryOpen(newest);
        if (cursor is null)
        {
            return (newest, new FileInfo(folder.SegmentPath(newest)).Length);
        }

        _lastArrivedMicros = Math.Max(_lastArrivedMicros, cursor.Header.ArrivedMicrosFloor);
        FrameState state;
        while ((state = cursor.Peek(out var frame)) == FrameState.Complete)
        {
            _lastArrivedMicros = Math.Max(_lastArrivedMicros, frame.ArrivedMicros);
            cursor.Advance();
        }

        using var file = files.OpenExisting(cursor.Path);
        files.Flush(file);
        return (newest, state == FrameState.Bad ? cursor.FileLength : cursor.Offset);
    }

    private void StartSegment(SegmentHeader header)
    {
        var bytes = new byte[SegmentHeader.Bytes];
        _seed = header.Write(bytes);
        var file = files.Create(folder.NewSegmentPath);
        try
        {
            files.Write(file, bytes, 0);
            files.Flush(file);
            files.Rename(folder.NewSegmentPath, folder.SegmentPath(header.Number));
            files.FlushDirectory(folder.Path);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        (_file, _header, _end, _nextSequence) = (file, header, SegmentHeader.Bytes, header.FirstSequence);
    }

    /// <summary>Drops the oldest finished segments that age or size no longer keep, oldest first, so that no gap can show.</summary>
    private void Trim(long nowMicros)
    {
        if (options.RetentionAge is null && options.RetentionBytes is null)
        {
            return;
        }

        var finished = folder.Segments()[..^1];
        var bytes = finished.Sum(number => new FileInfo(folder.SegmentPath(number)).Length);
        var doomed = 0;
        for (; doomed < finished.Length && (bytes > options.RetentionBytes || IsExpired(finished[doomed], nowMicros)); doomed++)
        {
            bytes -= new FileInfo(folder.SegmentPath(finished[doomed])).Length;
        }

        if (doomed > 0)
        {
            // First, so that a reader that no longer finds a segment always finds out what was in it.
            var last = finished.Take(doomed).Reverse().Select(LastSequenceOf).FirstOrDefault(sequence => sequence is not null);
            NoteTrimmed(last ?? folder.Trimmed() ?? 0);
            Array.ForEach(finished[..doomed], number => files.Delete(folder.SegmentPath(number)));
            files.FlushDirectory(folder.Path);
        }
    }

    private void NoteTrimmed(ulong sequence)
    {
        var unfinished = folder.TrimmedPath + ".tmp";
        using (var file = files.Create(unfinished))
        {
            files.Write(file, Encoding.ASCII.GetBytes(sequence.ToString(CultureInfo.InvariantCulture)), 0);
            files.Flush(file);
        }

        files.Rename(unfinished, folder.TrimmedPath);
        files.FlushDirectory(folder.Path);
    }

    /// <summary>The last record of a segment; null where it has none. Of a damaged one the greatest it can have had.</summary>
    private ulong? LastSequenceOf(long number)
    {
        ulong? last = null;
        using var cursor = TryOpen(number);
        var state = cursor is null ? FrameState.Bad : FrameState.Complete;
        while (cursor is not null && (state = cursor.Peek(out var frame)) == FrameState.Complete)
        {
            last = frame.IsSeal ? last : frame.Sequence;
            cursor.Advance();
        }

        return state == FrameState.Bad ? (((ulong)number + 1) * SegmentHeader.SequencesPerSegment) - 1 : last;
    }

    private bool IsExpired(long number, long nowMicros)
    {
        if (options.RetentionAge is not { } age)
        {
            return false;
        }

        // No record of a segment is younger than the floor of the next.
        using var next = TryOpen(number + 1);
        return next is not null && nowMicros - next.Header.ArrivedMicrosFloor > age.TotalMicroseconds;
    }

    /// <summary>Opens a segment; null also when its header is damaged.</summary>
    private SegmentCursor? TryOpen(long number)
    {
        try
        {
            return folder.TryOpen(number);
        }
        catch (StreamException)
        {
            return null;
        }
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
