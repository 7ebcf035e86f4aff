using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AirportOps.Aws.Connecting;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Aws.Tests.Kinesis;
using AirportOps.Aws.Tests.S3;
using AirportOps.Conformance;
using AirportOps.Lake;
using AirportOps.Streams;

namespace AirportOps.Aws.Tests;

/// <summary>AWS's own command line reads what we wrote, and we read what it wrote.</summary>
public sealed class AwsCommandLineTests(AwsEmulators emulators) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airportops-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_gets_the_records_we_wrote_and_we_read_those_it_put()
    {
        var kinesis = await emulators.KinesisAsync();
        var aws = new AwsCommandLine(kinesis);
        var name = await TestStream.CreateAsync(kinesis, 1);
        await using var stream = TestStream.Open(kinesis, name);
        byte[][] ours = ["{\"n\":1}"u8.ToArray(), [0, 255, 10], Encoding.UTF8.GetBytes("Zürich ✈")];
        await using (var writer = await stream.OpenWriterAsync(Token))
        {
            await writer.WriteAsync([.. ours.Select((data, index) => new OutgoingRecord($"key ü {index}", data))], Token);
        }

        var iterator = (string)(await aws.JsonAsync(
            "kinesis", "get-shard-iterator", "--stream-name", name, "--shard-id", "shardId-000000000000", "--shard-iterator-type", "TRIM_HORIZON"))["ShardIterator"]!;
        var got = (await aws.JsonAsync("kinesis", "get-records", "--shard-iterator", iterator))["Records"]!.AsArray();
        await File.WriteAllBytesAsync(PathOf("record"), [1, 2, 0, 254], Token);
        await aws.RunAsync("kinesis", "put-record", "--stream-name", name, "--partition-key", "theirs", "--data", $"fileb://{PathOf("record")}");
        await aws.RunAsync("kinesis", "put-records", "--stream-name", name, "--cli-input-json", await PutRecordsAsync(aws, "one", "two"));
        var read = await TestStream.ReadAllAsync(stream);

        Assert.Equal(
            ours.Select((data, index) => ($"key ü {index}", Convert.ToBase64String(data))).Order(),
            got.Select(record => ((string)record!["PartitionKey"]!, (string)record["Data"]!)).Order());
        Assert.Equal(
            [("two", "\"two\""), ("theirs", "AQIA/g=="), ("one", "\"one\"")],
            read.Skip(ours.Length).Select(record => (record.PartitionKey, record.PartitionKey == "theirs" ? Convert.ToBase64String(record.Data.Span) : TestStream.Text(record)))
                .OrderByDescending(record => record.PartitionKey, StringComparer.Ordinal));
        Assert.Equal(read.Select(record => record.Sequence).Order(), read.Select(record => record.Sequence));
    }

    [Fact]
    public async Task It_lists_and_copies_the_objects_we_put()
    {
        var moto = await emulators.MotoAsync();
        var aws = new AwsCommandLine(moto);
        var bucket = await TestBucket.CreateAsync(moto);
        using var lake = TestBucket.Open(moto, $"{bucket}/lake");
        var content = new byte[9 << 20];
        new Random(1).NextBytes(content);
        await lake.PutAsync("bronze/small", content.AsMemory(0, 5), PutMode.IfAbsent, Token);
        await using (var upload = await lake.CreateAsync("bronze/in parts", Token))
        {
            await upload.WriteAsync(content, Token);
            await upload.CompleteAsync(PutMode.IfAbsent, Token);
        }

        var listed = await aws.RunAsync("s3", "ls", "--recursive", $"s3://{bucket}/lake/");
        await aws.RunAsync("s3", "cp", "--quiet", $"s3://{bucket}/lake/bronze/in parts", PathOf("copy"));

        Assert.Equal(
            [$"{content.Length} lake/bronze/in parts", "5 lake/bronze/small"],
            listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..])));
        Assert.Equal(content, await File.ReadAllBytesAsync(PathOf("copy"), Token));
    }

    [Fact]
    public async Task What_it_copied_from_and_to_S3_is_cleaned_and_reconciles()
    {
        var endpoint = $"{await emulators.MotoAsync()},kinesis={await emulators.KinesisAsync()}";
        var aws = new AwsCommandLine(await emulators.MotoAsync());
        var sandbox = await AwsSandbox.CreateAsync($"copies-{Guid.NewGuid():N}", 2, TestAws.Options(await emulators.MotoAsync()) with { Endpoint = endpoint }, Token);
        string[] places = ["--data", _folder.FullName, "--stream", sandbox.Stream, "--lake", sandbox.Lake, "--aws-endpoint", endpoint, "--json"];
        var ledger = PathOf("ledger.jsonl");
        await AirportOpsProgram.RunAsync(["simulate", "--events", "1500", "--mess", "0.3", "--seed", "9", "--ledger", ledger, .. places]);
        await AirportOpsProgram.RunAsync(["bronze", "--once", .. places]);

        // Our Bronze in S3 itself; copied out of it; and as a delivery stream's objects, copied into it.
        await aws.RunAsync("s3", "cp", "--quiet", "--recursive", $"{sandbox.Lake}/bronze", PathOf("bronze"));
        Deliver(PathOf("bronze"), PathOf("delivered"));
        await aws.RunAsync("s3", "cp", "--quiet", "--recursive", PathOf("delivered"), $"{sandbox.Lake}/delivered");
        foreach (var input in new[] { $"{sandbox.Lake}/bronze/", PathOf("bronze/**/*.jsonl.gz"), $"{sandbox.Lake}/delivered" })
        {
            await AirportOpsProgram.RunAsync(["clean", "--bronze", input, "--force", "--out", PathOf("out"), .. places]);
            Assert.True((bool)(await AirportOpsProgram.RunAsync(["verify", "--ledger", ledger, "--clean", PathOf("out"), .. places]))["agrees"]!, input);
        }
    }

    private static void Deliver(string bronze, string delivered)
    {
        var random = new Random(1);
        var records = Directory.EnumerateFiles(bronze, "*.jsonl.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Read).ToArray();
        foreach (var (number, delivery) in records.Chunk(400).Index())
        {
            // A second apart: within one, chance orders the names, and of an event that was sent twice the ledger expects the first.
            var path = Path.Combine(delivered, FirehoseObjects.Key(null, "raw", records[0].Arrived.AddSeconds(number), random, isCompressed: true));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, FirehoseObjects.Content(delivery.Select(record => record.Data), withNewline: true, isCompressed: true));
        }
    }

    private static List<(DateTimeOffset Arrived, byte[] Data)> Read(string file)
    {
        var records = new List<(DateTimeOffset, byte[])>();
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            var data = record.TryGetProperty("data", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText()) : record.GetProperty("data_b64").GetBytesFromBase64();
            records.Add((record.GetProperty("arrived").GetDateTimeOffset(), data));
        }

        return records;
    }

    /// <summary>Version 1 takes data as it is, version 2 as Base64.</summary>
    private static async Task<string> PutRecordsAsync(AwsCommandLine aws, params string[] keys)
    {
        var isFirst = (await aws.RunAsync("--version")).StartsWith("aws-cli/1.", StringComparison.Ordinal);
        return new JsonObject
        {
            ["Records"] = new JsonArray([.. keys.Select(key => new JsonObject
            {
                ["PartitionKey"] = key,
                ["Data"] = isFirst ? $"\"{key}\"" : Convert.ToBase64String(Encoding.UTF8.GetBytes($"\"{key}\"")),
            })]),
        }.ToJsonString();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
