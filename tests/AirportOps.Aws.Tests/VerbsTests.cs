using AirportOps.Aws.Connecting;
using AirportOps.Aws.Tests.Emulators;

namespace AirportOps.Aws.Tests;

/// <summary>The program itself, with its stream in Kinesis and its lake in S3.</summary>
public sealed class VerbsTests(AwsEmulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Simulated_events_go_through_Kinesis_and_S3_and_reconcile_with_their_ledger()
    {
        var folder = Directory.CreateTempSubdirectory("airportops-");
        try
        {
            var endpoint = $"{await emulators.MotoAsync()},kinesis={await emulators.KinesisAsync()}";
            var sandbox = await AwsSandbox.CreateAsync(
                $"verbs-{Guid.NewGuid():N}", 2, TestAws.Options(await emulators.MotoAsync()) with { Endpoint = endpoint }, Token);
            string[] places = ["--data", folder.FullName, "--stream", sandbox.Stream, "--lake", sandbox.Lake, "--aws-endpoint", endpoint, "--json"];
            var ledger = Path.Combine(folder.FullName, "ledger.jsonl");

            var simulated = await AirportOpsProgram.RunAsync(["simulate", "--events", "3000", "--mess", "0.5", "--seed", "7", "--ledger", ledger, .. places]);
            var archived = await AirportOpsProgram.RunAsync(["bronze", "--once", .. places]);
            var cleaned = await AirportOpsProgram.RunAsync(["silver", "--once", "--no-load", .. places]);
            var again = await AirportOpsProgram.RunAsync(["silver", "--once", "--no-load", .. places]);
            var verified = await AirportOpsProgram.RunAsync(["verify", "--no-gold", "--ledger", ledger, .. places]);

            Assert.Equal(3000, (int)simulated["events"]!);
            Assert.Equal((int)simulated["records"]!, (int)archived["bronze"]!["records"]!);
            Assert.Equal((int)simulated["records"]!, (int)cleaned["silver"]!["records"]!);
            Assert.Equal(0, (int)again["silver"]!["records"]!);
            Assert.True((bool)verified["agrees"]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Three real days through the emulators take a minute, so <c>./dev soak</c> runs it and not every test run.</summary>
    [Fact(Explicit = true)]
    public async Task The_demo_reconciles_with_its_stream_in_Kinesis_and_its_lake_in_S3()
    {
        var folder = Directory.CreateTempSubdirectory("airportops-");
        try
        {
            var endpoint = $"{await emulators.MotoAsync()},kinesis={await emulators.KinesisAsync()}";

            // Beside the three real days, which are most of it.
            var demo = await AirportOpsProgram.RunAsync(
                "demo", "--events", "2000", "--mess", "0.5", "--seed", "7", "--no-dashboard", "--data", folder.FullName, "--aws-endpoint", endpoint, "--json");

            Assert.True((bool)demo["reconciles"]!);
            var checks = demo["checks"]!.AsArray();
            Assert.Equal(11, checks.Count);
            Assert.All(checks, check => Assert.Equal((long)check!["expected"]!, (long)check["found"]!));
            Assert.Equal(46_125, (long)checks.Single(check => (string)check!["what"]! == "legs of real flights = legs in Gold")!["found"]!);
            Assert.All(
                demo["places"]!.AsArray().Where(place => (string)place!["what"]! is "Bronze, as it came" or "Silver, Parquet"),
                place => Assert.StartsWith("s3://airportops-demo-", (string)place!["where"]!, StringComparison.Ordinal));
            Assert.False(Directory.Exists(Path.Combine(folder.FullName, "demo", "lake")));
            Assert.False(Directory.Exists(Path.Combine(folder.FullName, "demo", "stream")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
