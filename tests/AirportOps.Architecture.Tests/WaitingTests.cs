using System.IO.Enumeration;
using System.Text.RegularExpressions;

namespace AirportOps.Architecture.Tests;

/// <summary>One retry for the program: whoever waits by the clock beside it has a reason that is written down.</summary>
public sealed partial class WaitingTests
{
    private const string Decision = "docs/decisions/0028-one-retry.md";

    [Fact]
    public void Who_waits_by_the_clock_uses_Retry_or_is_named_in_its_decision()
    {
        var named = Named().Matches(File.ReadAllText(Path.Combine(ReferenceGraphTests.Root(), Decision))).Select(name => name.Groups[1].Value).ToList();
        var waiting = Directory.EnumerateFiles(Path.Combine(ReferenceGraphTests.Root(), "etl"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Waits().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileName(file).Split('.')[0])
            .Distinct()
            .ToList();

        Assert.NotEmpty(waiting);
        Assert.All(waiting, name => Assert.True(
            named.Exists(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)),
            $"{name} waits by the clock: use Retry, or name it in {Decision} with the reason why it is no retry."));
    }

    [GeneratedRegex(@"\bTask\.Delay\(|\bnew PeriodicTimer\(")]
    private static partial Regex Waits();

    [GeneratedRegex("`([A-Za-z*]+)`")]
    private static partial Regex Named();
}
