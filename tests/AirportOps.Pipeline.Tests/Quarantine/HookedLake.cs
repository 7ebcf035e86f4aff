using AirportOps.Lake;
using AirportOps.Pipeline.Tests.Silver;

namespace AirportOps.Pipeline.Tests.Quarantine;

/// <summary>A lake in which something happens, once, just before or just after the first manifest is put.</summary>
internal sealed class HookedLake(ILake lake, bool isAfter, Func<Task> happening) : LakeDecorator(lake)
{
    private int _puts;

    public override async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        var isFirst = mode is PutMode.IfAbsent && Interlocked.Increment(ref _puts) == 1;
        if (isFirst && !isAfter)
        {
            await happening();
        }

        var isPut = await base.PutAsync(key, content, mode, cancellationToken);
        if (isFirst && isAfter)
        {
            await happening();
        }

        return isPut;
    }
}
