using System.Text;
using AirportOps.Aws.Kinesis;
using AirportOps.Aws.Lakes;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using AirportOps.Lake;

namespace AirportOps.Aws.Tests.Trouble;

/// <summary>A stream with records and a bucket with an object, behind an endpoint that meets trouble when told to.</summary>
internal sealed class TroubleScene : IAsyncDisposable
{
    /// <summary>The object that is there.</summary>
    internal const string Key = "k";

    private readonly List<IAsyncDisposable> _opened = [];
    private readonly List<S3Lake> _lakes = [];

    private TroubleScene(ScriptedEndpoint endpoint, string stream, string bucket, TimeProvider clock) =>
        (Endpoint, Stream, Bucket, Clock) = (endpoint, stream, bucket, clock);

    internal ScriptedEndpoint Endpoint { get; }

    internal string Stream { get; }

    internal string Bucket { get; }

    internal TimeProvider Clock { get; }

    internal RecordingLogger Logger { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes what the place needs.</summary>
    internal static async Task<TroubleScene> CreateAsync(AwsEmulators emulators, TroublePlace place, TimeProvider clock)
    {
        var emulator = place.IsOfStream ? await emulators.KinesisAsync() : await emulators.MotoAsync();
        var (stream, bucket) = ("none", "none");
        if (place.IsOfStream)
        {
            stream = await TestStream.CreateAsync(emulator, 1);
            await using var opened = TestStream.Open(emulator, stream);
            await using var writer = await opened.OpenWriterAsync(Token);
            await writer.WriteAsync([TestStream.Record("a", 1)], Token);
        }
        else
        {
            bucket = await TestBucket.CreateAsync(emulator);
            using var lake = TestBucket.Open(emulator, bucket);
            await lake.PutAsync(Key, "there"u8.ToArray(), PutMode.Overwrite, Token);
        }

        return new TroubleScene(await ScriptedEndpoint.StartAsync(emulator), stream, bucket, clock);
    }

    internal KinesisStream OpenStream()
    {
        var stream = TestStream.Open(
            Endpoint.Url,
            Stream,
            TestStream.Fast with { PollInterval = TimeSpan.FromSeconds(1), RetryDelay = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromSeconds(10) },
            Logger,
            Clock);
        _opened.Add(stream);
        return stream;
    }

    internal S3Lake OpenLake()
    {
        var lake = TestBucket.Open(
            Endpoint.Url, Bucket, new S3LakeOptions { RetryDelay = TimeSpan.FromSeconds(1), PartBytes = 5 << 20 }, Logger, Clock);
        _lakes.Add(lake);
        return lake;
    }

    internal T Keep<T>(T opened)
        where T : IAsyncDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    /// <summary>All records of the stream, as text, without trouble.</summary>
    internal async Task<IReadOnlyList<string>> RecordsAsync()
    {
        await using var stream = TestStream.Open(Endpoint.Url, Stream);
        return [.. (await TestStream.ReadAllAsync(stream)).Select(TestStream.Text)];
    }

    /// <summary>The text of an object, without trouble.</summary>
    internal async Task<string> TextAsync(string key)
    {
        using var lake = TestBucket.Open(Endpoint.Url, Bucket);
        return Encoding.UTF8.GetString(await lake.GetAsync(key, Token));
    }

    public async ValueTask DisposeAsync()
    {
        for (var last = _opened.Count - 1; last >= 0; last--)
        {
            await _opened[last].DisposeAsync();
        }

        _lakes.ForEach(lake => lake.Dispose());
        await Endpoint.DisposeAsync();
    }
}
