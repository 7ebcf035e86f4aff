using System.Text.RegularExpressions;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>What a Dockerfile of ours must keep to.</summary>
internal static partial class DockerfileRules
{
    /// <summary>Everything that a Dockerfile breaks, a line each; empty when it is in order.</summary>
    internal static IReadOnlyList<string> Faults(Dockerfile dockerfile, BuildContext context) =>
        [.. dockerfile.Stages.SelectMany((stage, index) => StageFaults(stage, dockerfile.Stages.Take(index).ToArray(), context)), .. ImageFaults(dockerfile.Image)];

    private static IEnumerable<string> StageFaults(BuildStage stage, BuildStage[] before, BuildContext context)
    {
        if (before.All(earlier => earlier.Name != stage.Image) && !ImageName.IsPinned(stage.Image))
        {
            yield return $"FROM {stage.Image}: pin the exact version or a digest";
        }

        foreach (var instruction in stage.Instructions)
        {
            switch (instruction.Name)
            {
                case "ADD":
                    yield return $"line {instruction.Line}: COPY instead of ADD, which downloads and unpacks";
                    break;
                case "COPY" when instruction.Flag("from") is { } from:
                    if (before.All(earlier => earlier.Name != from))
                    {
                        yield return $"line {instruction.Line}: there is no earlier stage '{from}'";
                    }

                    break;
                case "COPY":
                    foreach (var source in instruction.Words.SkipLast(1).Where(source => !context.Files(source).Any()))
                    {
                        yield return $"line {instruction.Line}: '{source}' is not there or .dockerignore leaves it out";
                    }

                    break;
                case "RUN" when Fetching().IsMatch(instruction.Text):
                    yield return $"line {instruction.Line}: RUN fetches what no lock file pins";
                    break;
                case "ENV" or "ARG" when Secret().IsMatch(instruction.Text):
                    yield return $"line {instruction.Line}: a secret stays in the image's history";
                    break;
            }
        }
    }

    private static IEnumerable<string> ImageFaults(BuildStage image)
    {
        if (image.Last("USER")?.Text is not { } user || !OrdinaryUser().IsMatch(user))
        {
            yield return "USER: give an ordinary user by number, UID:GID, so that a platform can tell that it isn't root";
        }

        if (image.Last("HEALTHCHECK") is not { } check || !check.Text.StartsWith("CMD ", StringComparison.Ordinal) || Dockerfile.ExecForm(check.Text[4..].Trim()) is null)
        {
            yield return "HEALTHCHECK: give one in exec form";
        }

        if (image.Last("ENTRYPOINT") is not { } entry || Dockerfile.ExecForm(entry.Text) is null)
        {
            yield return "ENTRYPOINT: give it in exec form, else a shell gets the signals";
        }

        if (image.Last("CMD") is { } command && Dockerfile.ExecForm(command.Text) is null)
        {
            yield return "CMD: give it in exec form, else a shell gets the signals";
        }
    }

    [GeneratedRegex(@"^[1-9]\d*:[1-9]\d*$")]
    private static partial Regex OrdinaryUser();

    [GeneratedRegex(@"https?://|\b(curl|wget|npm install|pip install|dotnet add|dotnet tool)\b")]
    private static partial Regex Fetching();

    [GeneratedRegex(@"(?i)(password|secret|token|access_key)\w*=")]
    private static partial Regex Secret();
}
