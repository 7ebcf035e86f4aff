using AirportOps.Cli.Hosting;
using AirportOps.Pipeline.Batch;

namespace AirportOps.Cli.Cleaning;

/// <summary>Finds what <c>clean</c> is to read: files, globs, standard input, and objects in S3.</summary>
internal static class CleanInputs
{
    private const string S3 = "s3://";

    /// <summary>Finds the inputs in the order of the arguments; one named twice is read once, at its first place.</summary>
    internal static async Task<IReadOnlyList<BatchInput>> FindAsync(
        VerbContext context, IReadOnlyList<string> arguments, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        if (!arguments.Any(IsInS3))
        {
            return BatchInputs.Find(arguments, now, context.Clock);
        }

        var inputs = new List<BatchInput>();
        foreach (var argument in arguments)
        {
            inputs.AddRange(IsInS3(argument)
                ? await FindInS3Async(context, argument[S3.Length..], now, cancellationToken)
                : BatchInputs.Find([argument], now, context.Clock));
        }

        return [.. inputs.DistinctBy(input => input.Lake is null && input.Path != BatchInput.StandardInput ? Path.GetFullPath(input.Path) : input.Path)];
    }

    private static bool IsInS3(string argument) => argument.StartsWith(S3, StringComparison.Ordinal);

    private static Task<IReadOnlyList<BatchInput>> FindInS3Async(
        VerbContext context, string place, DateTimeOffset? now, CancellationToken cancellationToken)
    {
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        var (bucket, pattern) = slash < 0 ? (place, string.Empty) : (place[..slash], place[(slash + 1)..]);
        return LakeInputs.FindAsync(context.Places.OpenLake(S3 + bucket), pattern, now, cancellationToken);
    }
}
