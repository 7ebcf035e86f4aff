using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Conformance;
using AirportOps.Lake;

namespace AirportOps.Aws.Tests.S3;

/// <summary>
/// Writes go to the emulator one after another: it looks for the object and puts it in two steps, and under load two of 48 writers won. S3
/// itself promises that one does.
/// </summary>
public sealed class S3LakeConformanceTests(AwsEmulators emulators) : LakeConformanceTests, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private ScriptedEndpoint? _endpoint;
    private S3Lake? _lake;

    public async ValueTask DisposeAsync()
    {
        _lake?.Dispose();
        await (_endpoint?.DisposeAsync() ?? ValueTask.CompletedTask);
        _turn.Dispose();
    }

    protected override async Task<ILake> OpenAsync()
    {
        if (_lake is null)
        {
            var moto = await emulators.MotoAsync();
            _endpoint = await ScriptedEndpoint.StartAsync(moto);
            _endpoint.Next(request => request.Method is "PUT" or "POST", int.MaxValue, PassOnInTurnAsync);
            _lake = TestBucket.Open(_endpoint.Url, await TestBucket.CreateAsync(moto));
        }

        return _lake;
    }

    private async Task PassOnInTurnAsync(IHttpExchange exchange)
    {
        await _turn.WaitAsync();
        try
        {
            await exchange.PassOnAsync(exchange.Request.Body, null);
        }
        finally
        {
            _turn.Release();
        }
    }
}
