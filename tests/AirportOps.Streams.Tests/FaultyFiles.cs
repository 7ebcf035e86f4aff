using Microsoft.Win32.SafeHandles;

namespace AirportOps.Streams.Tests;

/// <summary>
/// A file system that fails at one chosen step, once or for good as in a crash, and that can afterwards lose what was never
/// flushed, as in a power cut. Steps are numbered from 0. Nothing is really flushed: that is what takes the time.
/// </summary>
internal sealed class FaultyFiles(int failingStep, FaultKind kind) : ILogFiles
{
    private const int NoSpace = 28;

    private readonly LogFiles _inner = new();
    private readonly Dictionary<SafeFileHandle, string> _paths = [];
    private readonly Dictionary<string, List<(long Offset, byte[] Bytes)>> _unflushed = [];
    private readonly List<(string From, string To)> _unflushedRenames = [];

    public int Steps { get; private set; }

    public bool HasFailed => Steps > failingStep;

    /// <summary>A file system that works.</summary>
    public static FaultyFiles None => new(int.MaxValue, FaultKind.CrashBefore);

    private bool IsCrashed => kind is FaultKind.CrashBefore or FaultKind.CrashWithin or FaultKind.CrashAfter && HasFailed;

    public SafeFileHandle Create(string path) => Step(() =>
    {
        var file = _inner.Create(path);
        _paths[file] = path;
        _unflushed[path] = [];
        return file;
    });

    public SafeFileHandle OpenExisting(string path) => Step(() =>
    {
        var file = _inner.OpenExisting(path);
        _paths[file] = path;
        return file;
    });

    public void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        var all = bytes.ToArray();
        Step(() => Write(all), () => Write(all[..(all.Length * 2 / 3)]));

        bool Write(byte[] part)
        {
            _inner.Write(file, part, offset);
            _unflushed[_paths[file]].Add((offset, part));
            return true;
        }
    }

    public void Flush(SafeFileHandle file) => Step(() =>
    {
        _unflushed[_paths[file]] = [];
        return true;
    });

    public void Rename(string from, string to) => Step(() =>
    {
        _inner.Rename(from, to);
        _unflushedRenames.Add((from, to));
        _unflushed[to] = _unflushed[from];
        _paths.Where(path => path.Value == from).ToList().ForEach(path => _paths[path.Key] = to);
        return true;
    });

    public void Delete(string path) => Step(() =>
    {
        _inner.Delete(path);
        return true;
    });

    public void FlushDirectory(string path) => Step(() =>
    {
        _unflushedRenames.Clear();
        return true;
    });

    /// <summary>Takes back, wholly or in part, what a power cut may take.</summary>
    public void CutPower(PowerLoss loss)
    {
        foreach (var (path, writes) in _unflushed.Where(file => File.Exists(file.Key)))
        {
            using var file = _inner.OpenExisting(path);
            foreach (var (offset, bytes) in writes)
            {
                switch (loss)
                {
                    case PowerLoss.Everything:
                        RandomAccess.SetLength(file, offset);
                        break;
                    case PowerLoss.LastHalf:
                        RandomAccess.SetLength(file, offset + (bytes.Length / 2));
                        break;
                    case PowerLoss.FirstHalf:
                        RandomAccess.Write(file, new byte[bytes.Length / 2], offset);
                        break;
                    case PowerLoss.AllButTheLength:
                        RandomAccess.Write(file, new byte[bytes.Length], offset);
                        break;
                }
            }
        }

        if (loss == PowerLoss.Everything)
        {
            _unflushedRenames.ForEach(rename => File.Move(rename.To, rename.From, overwrite: true));
        }
    }

    private T Step<T>(Func<T> action, Func<T>? halfAction = null)
    {
        if (IsCrashed)
        {
            throw new IOException("The machine is off.");
        }

        if (Steps++ != failingStep)
        {
            return action();
        }

        if (kind is FaultKind.CrashWithin or FaultKind.FailsOnce)
        {
            halfAction?.Invoke();
        }
        else if (kind == FaultKind.CrashAfter)
        {
            action();
        }

        throw new IOException("No space left on device", NoSpace);
    }
}

internal enum FaultKind
{
    /// <summary>The step is not done, nor anything after it.</summary>
    CrashBefore,

    /// <summary>A write is done in part, another step not at all, and nothing after it.</summary>
    CrashWithin,

    /// <summary>The step is done, but nobody hears of it, and nothing after it is.</summary>
    CrashAfter,

    /// <summary>The step fails, a write half-way; later ones work.</summary>
    FailsOnce,
}

/// <summary>What becomes of writes that were not flushed.</summary>
internal enum PowerLoss
{
    /// <summary>Only the process died.</summary>
    Nothing,
    Everything,
    LastHalf,
    FirstHalf,
    AllButTheLength,
}
