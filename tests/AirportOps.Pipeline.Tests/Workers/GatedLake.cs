using AirportOps.Lake;
using AirportOps.Pipeline.Tests.Silver;

namespace AirportOps.Pipeline.Tests.Workers;

/// <summary>A lake in which commits wait until a test lets them be made.</summary>
internal sealed class GatedLake(ILake lake) : LakeDecorator(lake)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once somebody is about to commit.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.TrySetResult();

    public override async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        if (mode is PutMode.IfAbsent)
        {
            _reached.TrySetResult();
            await _open.Task;
        }

        return await base.PutAsync(key, content, mode, cancellationToken);
    }
}
