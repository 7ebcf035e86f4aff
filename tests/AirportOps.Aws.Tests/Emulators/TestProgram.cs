using System.Diagnostics;

namespace AirportOps.Aws.Tests.Emulators;

/// <summary>The program itself, in a process of its own.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">Its results.</param>
/// <param name="Error">Its log.</param>
internal sealed record TestProgram(int ExitCode, string Output, string Error)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The log's lines.</summary>
    internal string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs it to its end with an emulator's credentials.</summary>
    internal static Task<TestProgram> RunAsync(params string[] arguments) => RunAsync(
        new Dictionary<string, string?> { ["AWS_ACCESS_KEY_ID"] = "test", ["AWS_SECRET_ACCESS_KEY"] = "test" }, arguments);

    /// <summary>Runs it to its end with these variables; those without a value are not there.</summary>
    internal static async Task<TestProgram> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "airportops.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Token);
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return new TestProgram(process.ExitCode, output, await error);
    }
}
