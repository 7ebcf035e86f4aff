namespace AirportOps.Containers.Tests.Rules;

/// <summary>A stage of a Dockerfile: FROM and what follows.</summary>
/// <param name="Image">What it starts from: an image, or an earlier stage.</param>
/// <param name="Name">Its name; null without one.</param>
/// <param name="Instructions">All its instructions, FROM first.</param>
internal sealed record BuildStage(string Image, string? Name, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>The last instruction of a kind, which is the one that counts; null without one.</summary>
    internal Instruction? Last(string name) => Instructions.LastOrDefault(instruction => instruction.Name == name);

    /// <summary>Environment variables set in this stage.</summary>
    internal IReadOnlyDictionary<string, string> Environment => Instructions
        .Where(instruction => instruction.Name == "ENV")
        .SelectMany(instruction => instruction.Words)
        .Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'), StringComparer.Ordinal);
}
