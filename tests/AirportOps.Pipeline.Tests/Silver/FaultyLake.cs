using AirportOps.Lake;
using AirportOps.Reliability;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>
/// A lake whose writes and deletes stop working at a chosen one, as when the process is killed there: before it takes effect, or after it has.
/// </summary>
internal sealed class FaultyLake(ILake lake, int failAt, bool afterEffect) : LakeDecorator(lake)
{
    private int _operations;

    /// <summary>Writes and deletes asked for so far.</summary>
    internal int Operations => _operations;

    public override Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken) =>
        TryAsync(() => base.PutAsync(key, content, mode, cancellationToken));

    public override Task DeleteAsync(string key, CancellationToken cancellationToken) => TryAsync(async () =>
    {
        await base.DeleteAsync(key, cancellationToken);
        return true;
    });

    private async Task<bool> TryAsync(Func<Task<bool>> operation)
    {
        var number = Interlocked.Increment(ref _operations);
        if (number < failAt)
        {
            return await operation();
        }

        // Only the one in hand may have taken effect: nothing works after the kill.
        if (number == failAt && afterEffect)
        {
            await operation();
        }

        throw new LakeException("Killed.", Fault.Operator, null);
    }
}
