namespace AirportOps.Warehouse.Cluster;

/// <summary>
/// A lock on a file, held by an open handle, so that it ends with its process however that ends. On Unix .NET maps the share mode to
/// <c>flock</c>: <see cref="FileShare.None"/> is exclusive, reading with <see cref="FileShare.Read"/> is shared.
/// </summary>
internal sealed class ClusterLock : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    // EAGAIN of Linux and of macOS.
    private static readonly int[] HeldElsewhere = [11, 35];

    private readonly FileStream _handle;

    private ClusterLock(FileStream handle) => _handle = handle;

    /// <summary>Takes the lock if nobody's lock forbids it.</summary>
    /// <returns>Null when somebody's does.</returns>
    internal static ClusterLock? TryTake(string path, bool exclusive)
    {
        try
        {
            // Its user's alone: an account that could open it could keep everybody waiting.
            return new ClusterLock(new FileStream(
                path, FileModes.Private(FileMode.OpenOrCreate, FileAccess.Read, exclusive ? FileShare.None : FileShare.Read, bufferSize: 0)));
        }
        catch (IOException held) when (HeldElsewhere.Contains(held.HResult))
        {
            return null;
        }
    }

    /// <summary>Waits for the lock. There is no queue: who waits may be overtaken.</summary>
    internal static async Task<ClusterLock> TakeAsync(string path, bool exclusive, TimeProvider clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path, exclusive) is { } taken)
            {
                return taken;
            }

            await Task.Delay(PollInterval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _handle.Dispose();
}
