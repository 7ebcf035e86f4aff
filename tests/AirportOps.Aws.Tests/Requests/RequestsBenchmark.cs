using System.Globalization;
using AirportOps.Aws.Tests.Emulators;
using AirportOps.Cli.Tests.Support;

namespace AirportOps.Aws.Tests.Requests;

/// <summary>
/// What the services of docs/deploy.md ask of S3, Kinesis and DynamoDB in a minute, at a load and idle, and what the requests to S3 cost in a month. Prints; passes no
/// judgement. <c>./dev bench requests</c> runs it, in about 8 minutes.
/// </summary>
/// <remarks>
/// AIRPORTOPS_REQUESTS_MINUTES: how long each phase is measured; 2. AIRPORTOPS_REQUESTS_RATE: events a second under load; 1000. AIRPORTOPS_REQUESTS_PROGRAM: the
/// <c>airportops.dll</c> of another build. AIRPORTOPS_REQUESTS_LOADER: <c>silver</c> where that build's cleaners load.
/// </remarks>
public sealed class RequestsBenchmark(AwsEmulators emulators, ITestOutputHelper output)
{
    private const int Shards = 4;
    private const int WarmUpSeconds = 75;

    /// <summary>The last windows close after 60 s and are loaded, and who waits for more has waited long.</summary>
    private const int SettlingSeconds = 150;

    private const double MinutesAMonth = 730 * 60;

    /// <summary>us-east-1, S3 Standard: https://aws.amazon.com/s3/pricing/. Dollars a request; deleting is free.</summary>
    private static readonly Dictionary<string, double> Prices = new()
    {
        ["PUT"] = 0.005 / 1000, ["POST"] = 0.005 / 1000, ["LIST"] = 0.005 / 1000, ["GET"] = 0.0004 / 1000, ["HEAD"] = 0.0004 / 1000,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static double Minutes => Setting("AIRPORTOPS_REQUESTS_MINUTES", 2);

    private static double Rate => Setting("AIRPORTOPS_REQUESTS_RATE", 1000);

    [Fact(Explicit = true)]
    public async Task Requests_a_minute_of_each_service_under_load_and_idle()
    {
        var program = Environment.GetEnvironmentVariable("AIRPORTOPS_REQUESTS_PROGRAM") ?? RunningProgram.Whole;
        var silverLoads = Environment.GetEnvironmentVariable("AIRPORTOPS_REQUESTS_LOADER") == "silver";
        await using var scene = await RequestScene.CreateAsync(emulators, Shards, program);
        string[] silver = silverLoads ? ["silver"] : ["silver", "--no-load"];
        List<RunningProgram> services =
        [
            await scene.StartServiceAsync("bronze", "bronze"),
            await scene.StartServiceAsync("silver", [.. silver, "--window-seconds", "60"]),
            await scene.StartServiceAsync("silver", [.. silver, "--window-seconds", "60"]),
        ];
        if (!silverLoads)
        {
            services.Add(await scene.StartServiceAsync("load", "load", "--follow"));
        }

        var seconds = WarmUpSeconds + (60 * Minutes) + 10;
        var feed = await scene.StartAsync("simulate", "simulate", "--rate", Text(Rate), "--events", Text(Math.Round(Rate * seconds)), "--seed", "1");
        await PassAsync(TimeSpan.FromSeconds(WarmUpSeconds), services);
        await PrintAsync($"{Rate:N0} events/s, {Shards} shards, windows of 60 s", scene, services);
        (await feed.WaitAsync(TimeSpan.FromMinutes(5))).Done();
        await PassAsync(TimeSpan.FromSeconds(SettlingSeconds), services);
        await PrintAsync($"idle, {Shards} shards", scene, services);
    }

    private async Task PrintAsync(string phase, RequestScene scene, List<RunningProgram> services)
    {
        var before = scene.Meter.Read();
        await PassAsync(TimeSpan.FromMinutes(Minutes), services);
        var counts = scene.Meter.Read()
            .Where(count => count.Key.Who != "simulate")
            .Select(count => (count.Key.Who, count.Key.What, PerMinute: (count.Value - before.GetValueOrDefault(count.Key)) / Minutes))
            .Where(count => count.PerMinute > 0)
            .OrderBy(count => count.Who, StringComparer.Ordinal).ThenBy(count => count.What, StringComparer.Ordinal).ToList();
        Say($"{phase}: requests a minute");
        foreach (var (who, what, perMinute) in counts)
        {
            Say($"  {who,-8} {what,-24} {perMinute,10:N1}{Cost(what, perMinute)}");
        }

        var s3 = counts.Where(count => Prices.ContainsKey(count.What)).ToList();
        Say($"  S3 in all {s3.Sum(count => count.PerMinute):N1}, {s3.Sum(count => count.PerMinute) / Shards:N1} a shard: ${s3.Sum(count => count.PerMinute * Prices[count.What]) * MinutesAMonth:N2} a month");
    }

    /// <summary>Lets time pass, as long as all services run.</summary>
    private static async Task PassAsync(TimeSpan time, List<RunningProgram> services)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(until) < time)
        {
            foreach (var ended in services.Where(service => service.HasEnded))
            {
                Assert.Fail($"a service ended: {await ended.WaitAsync()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Token);
        }
    }

    private static string Cost(string what, double perMinute) =>
        Prices.TryGetValue(what, out var price) ? string.Create(CultureInfo.InvariantCulture, $"  ${perMinute * price * MinutesAMonth:N2} a month") : string.Empty;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Setting(string variable, double usual) =>
        double.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var set) ? set : usual;

    private void Say(FormattableString text)
    {
        var line = text.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
