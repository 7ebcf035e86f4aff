using AirportOps.Aws.Tests.Emulators;

[assembly: AssemblyFixture(typeof(AwsEmulators))]

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>The emulators that the tests share: each starts when first needed and ends with the tests.</summary>
public sealed class AwsEmulators : IAsyncDisposable
{
    private readonly Lazy<Task<EmulatorProcess>> _kinesalite = new(StartKinesaliteAsync);
    private readonly Lazy<Task<EmulatorProcess>> _dynalite = new(StartDynaliteAsync);
    private readonly Lazy<Task<EmulatorProcess>> _moto = new(() => StartMotoAsync());

    /// <summary>The folder of the sources.</summary>
    internal static string Repository => Testing.Repository.Root;

    /// <summary>Where Kinesis is.</summary>
    public async Task<Uri> KinesisAsync() => (await _kinesalite.Value).Url;

    /// <summary>Where DynamoDB is.</summary>
    public async Task<Uri> DynamoDbAsync() => (await _dynalite.Value).Url;

    /// <summary>Where S3 and the other services are; the test is skipped where moto is not installed.</summary>
    public async Task<Uri> MotoAsync()
    {
        RequireMoto();
        return (await _moto.Value).Url;
    }

    /// <summary>A Kinesis of the caller's own, to dispose.</summary>
    public static Task<EmulatorProcess> StartKinesaliteAsync() => EmulatedAws.StartKinesaliteAsync();

    /// <summary>A DynamoDB of the caller's own, to dispose.</summary>
    public static Task<EmulatorProcess> StartDynaliteAsync() => EmulatedAws.StartDynaliteAsync();

    /// <summary>A moto of the caller's own, to dispose; the test is skipped where moto is not installed.</summary>
    /// <param name="uncheckedCalls">Calls after which signatures and permissions are checked; null for never.</param>
    public static Task<EmulatorProcess> StartMotoAsync(int? uncheckedCalls = null)
    {
        RequireMoto();
        return EmulatedAws.StartMotoAsync(uncheckedCalls);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var emulator in new[] { _kinesalite, _dynalite, _moto })
        {
            if (emulator.IsValueCreated)
            {
                await (await emulator.Value).DisposeAsync();
            }
        }
    }

    private static void RequireMoto() => Assert.SkipWhen(EmulatedAws.MotoProgram is null, "moto_server is not installed; see tests/setup");
}
