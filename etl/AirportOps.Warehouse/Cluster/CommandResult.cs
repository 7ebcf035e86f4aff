namespace AirportOps.Warehouse.Cluster;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">0 for success.</param>
/// <param name="Printed">Standard output, then standard error, without blanks around.</param>
internal readonly record struct CommandResult(int ExitCode, string Printed)
{
    private static readonly string[] Errors = ["PANIC:", "FATAL:", "ERROR:", "error:", "could not ", "annot "];

    /// <summary>What pg_ctl prints behind any reason.</summary>
    private static readonly string[] NoReasons = ["pg_ctl: could not start server", "Examine the log output."];

    internal bool Succeeded => ExitCode == 0;

    /// <summary>The last line printed, without a full stop.</summary>
    internal string LastLine => Printed[(Printed.LastIndexOf('\n') + 1)..].TrimEnd('.');

    /// <summary>The line that says what is wrong, without a full stop: PostgreSQL's tools tidy up behind it and tell that too.</summary>
    internal string Reason
    {
        get
        {
            var lines = Printed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !NoReasons.Contains(line)).ToArray();
            var line = Errors.Select(error => Array.Find(lines, line => line.Contains(error, StringComparison.Ordinal))).FirstOrDefault(found => found is not null);
            return line?.TrimEnd('.') ?? LastLine;
        }
    }
}
