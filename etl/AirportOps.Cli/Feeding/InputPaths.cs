using AirportOps.Pipeline;
using AirportOps.Pipeline.Batch;
using AirportOps.Reliability;

namespace AirportOps.Cli.Feeding;

/// <summary>The files that a command line names.</summary>
internal static class InputPaths
{
    /// <summary>
    /// Replaces folders by the files in them at any depth and globs by what they match, in the order of their paths; all else stays as it is.
    /// </summary>
    /// <exception cref="PipelineException">A folder or a glob has no file.</exception>
    internal static IReadOnlyList<string> Expand(IReadOnlyList<string> arguments, TimeProvider clock) =>
        [.. arguments.SelectMany(argument => Expand(argument, clock))];

    private static IEnumerable<string> Expand(string argument, TimeProvider clock)
    {
        if (Directory.Exists(argument))
        {
            return Directory.EnumerateFiles(argument, "*", SearchOption.AllDirectories).Any()
                ? Find(Path.Combine(argument, "**", "*"))
                : throw new PipelineException($"{argument} is a folder without files. Name one that has some.", Fault.Operator, null);
        }

        return File.Exists(argument) || argument.AsSpan().IndexOfAny('*', '?') < 0 ? [argument] : Find(argument);

        IEnumerable<string> Find(string pattern) => BatchInputs.Find([pattern], now: null, clock).Select(input => input.Path);
    }
}
