namespace AirportOps.Containers.Tests.Rules;

/// <summary>An instruction of a Dockerfile.</summary>
/// <param name="Line">Its first line, from 1.</param>
/// <param name="Name">For instance <c>COPY</c>, in capitals.</param>
/// <param name="Flags">What stands behind <c>--</c>, for instance <c>from=build</c>.</param>
/// <param name="Text">The rest, continued lines joined by blanks.</param>
internal sealed record Instruction(int Line, string Name, IReadOnlyList<string> Flags, string Text)
{
    /// <summary>The rest as words.</summary>
    internal IReadOnlyList<string> Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The value of a flag; null without it.</summary>
    internal string? Flag(string name) =>
        Flags.FirstOrDefault(flag => flag.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}
