namespace AirportOps.Warehouse.Cluster;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Printed">Standard output, then standard error, without blanks around.</param>
internal readonly record struct CommandResult(int ExitCode, string Printed)
{
    internal bool Succeeded => ExitCode == 0;

    /// <summary>The last line printed, which in PostgreSQL's tools says what is wrong.</summary>
    internal string LastLine => Printed[(Printed.LastIndexOf('\n') + 1)..];
}
