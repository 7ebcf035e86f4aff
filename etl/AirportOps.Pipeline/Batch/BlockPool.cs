using System.Collections.Concurrent;

namespace AirportOps.Pipeline.Batch;

/// <summary>
/// Memory for gathered rows in small equal blocks, used again for whatever comes next. Growing arrays instead held, with the ones outgrown in the
/// array pool, four times the rows' bytes. Safe for concurrent use.
/// </summary>
internal sealed class BlockPool
{
    /// <summary>Small, as each column of each day under way has one that is partly filled.</summary>
    internal const int BlockBytes = 1024;

    private readonly ConcurrentBag<byte[]> _spare = [];

    internal byte[] Take() => _spare.TryTake(out var block) ? block : GC.AllocateUninitializedArray<byte>(BlockBytes);

    internal void Give(byte[] block) => _spare.Add(block);
}
