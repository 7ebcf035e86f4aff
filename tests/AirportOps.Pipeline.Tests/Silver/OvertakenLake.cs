using AirportOps.Lake;

namespace AirportOps.Pipeline.Tests.Silver;

/// <summary>A lake in which another worker cleans everything just before the first manifest is put.</summary>
internal sealed class OvertakenLake(SilverScene scene) : LakeDecorator(scene.Lake)
{
    private readonly Lock _guard = new();
    private Task? _overtaking;

    public override async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutMode mode, CancellationToken cancellationToken)
    {
        if (mode is PutMode.IfAbsent)
        {
            await OvertakeAsync();
        }

        return await base.PutAsync(key, content, mode, cancellationToken);
    }

    private Task OvertakeAsync()
    {
        lock (_guard)
        {
            return _overtaking ??= scene.CleanAsync(SilverScene.Windows(1000));
        }
    }
}
