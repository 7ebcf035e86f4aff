using System.Text.Json;

namespace AirportOps.Containers.Tests.Rules;

/// <summary>A Dockerfile, read as far as ours go: no build arguments, no here-documents, no escapes other than a line's last backslash.</summary>
/// <param name="Stages">Its stages in order; the last one is the image.</param>
internal sealed record Dockerfile(IReadOnlyList<BuildStage> Stages)
{
    /// <summary>The image.</summary>
    internal BuildStage Image => Stages[^1];

    /// <summary>Reads a Dockerfile.</summary>
    internal static Dockerfile Parse(string text)
    {
        var stages = new List<(string Image, string? Name, List<Instruction> Instructions)>();
        foreach (var instruction in Instructions(text))
        {
            if (instruction.Name == "FROM")
            {
                stages.Add((instruction.Words[0], instruction.Words is [_, "AS", var name] ? name : null, []));
            }

            stages[^1].Instructions.Add(instruction);
        }

        return new Dockerfile([.. stages.Select(stage => new BuildStage(stage.Image, stage.Name, stage.Instructions))]);
    }

    /// <summary>The words of an instruction in exec form; null when it is in shell form, which needs a shell and hides signals from the program.</summary>
    internal static IReadOnlyList<string>? ExecForm(string text)
    {
        try
        {
            return text.StartsWith('[') ? JsonSerializer.Deserialize<string[]>(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<Instruction> Instructions(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var first = i + 1;
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            while (line.EndsWith('\\'))
            {
                line = line[..^1].TrimEnd() + " " + lines[++i].Trim();
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var flags = words.Skip(1).TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal)).ToArray();
            yield return new Instruction(first, words[0].ToUpperInvariant(), [.. flags.Select(flag => flag[2..])], string.Join(' ', words.Skip(1 + flags.Length)));
        }
    }
}
