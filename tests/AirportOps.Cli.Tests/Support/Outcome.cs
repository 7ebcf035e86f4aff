using System.Text.Json;

namespace AirportOps.Cli.Tests.Support;

/// <summary>How a run of the program ended.</summary>
/// <param name="ExitCode">The exit status.</param>
/// <param name="Output">All of standard output.</param>
/// <param name="Error">All of standard error.</param>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output, which must be one JSON object and nothing else.</summary>
    internal JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Output);
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The lines of standard error.</summary>
    internal IReadOnlyList<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Asserts that the run did what it was asked to.</summary>
    internal Outcome Done()
    {
        Assert.True(ExitCode == 0, $"exit status {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    /// <summary>Asserts that the run failed, said so last in one line, and wrote no result and no stack trace.</summary>
    /// <returns>The line, without the program's name.</returns>
    internal string Failed()
    {
        const string Name = "airportops: ";
        Assert.True(ExitCode == 1, $"exit status {ExitCode}\n{Output}\n{Error}");
        Assert.Empty(Output);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.Equal(ErrorLines[^1], Assert.Single(ErrorLines, line => line.StartsWith(Name, StringComparison.Ordinal)));
        return ErrorLines[^1][Name.Length..];
    }
}
