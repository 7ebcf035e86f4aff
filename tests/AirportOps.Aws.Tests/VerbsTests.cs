using System.Text.Json.Nodes;
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

            var simulated = await RunAsync(["simulate", "--events", "3000", "--mess", "0.5", "--seed", "7", "--ledger", ledger, .. places]);
            var archived = await RunAsync(["bronze", "--once", .. places]);
            var cleaned = await RunAsync(["silver", "--once", "--no-load", .. places]);
            var again = await RunAsync(["silver", "--once", "--no-load", .. places]);
            var verified = await RunAsync(["verify", "--no-gold", "--ledger", ledger, .. places]);

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

    private static async Task<JsonNode> RunAsync(string[] arguments)
    {
        var program = await TestProgram.RunAsync(arguments);
        Assert.True(program.ExitCode == 0, $"{arguments[0]} ended with {program.ExitCode}: {program.Error}");
        return JsonNode.Parse(program.Output)!;
    }
}
