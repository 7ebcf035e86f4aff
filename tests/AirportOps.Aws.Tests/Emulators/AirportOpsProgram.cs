using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>The program itself, in a process of its own.</summary>
internal static class AirportOpsProgram
{
    /// <summary>Runs it with <c>--json</c> among its arguments to its end, which must be a good one.</summary>
    /// <returns>Its result.</returns>
    public static async Task<JsonNode> RunAsync(params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "airportops.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, $"{arguments[0]} ended with {process.ExitCode}: {await error}");
        return JsonNode.Parse(output)!;
    }
}
