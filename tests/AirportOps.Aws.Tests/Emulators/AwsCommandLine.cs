using System.Diagnostics;
using System.Text.Json.Nodes;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>AWS's own command line against an emulator.</summary>
/// <param name="endpoint">Where the service is.</param>
internal sealed class AwsCommandLine(Uri endpoint)
{
    /// <summary>Its name on the PATH.</summary>
    internal const string Program = "aws";

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(InstalledProgram.Require(Program), ["--endpoint-url", endpoint.AbsoluteUri, "--region", "us-east-1", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "test";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "test";
        start.Environment["AWS_PAGER"] = "";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment.Remove("AWS_PROFILE");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(token);
        var output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, $"aws {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
        return output;
    }

    /// <summary>Runs a command that answers in JSON.</summary>
    public async Task<JsonNode> JsonAsync(params string[] arguments) => JsonNode.Parse(await RunAsync([.. arguments, "--output", "json"]))!;
}
