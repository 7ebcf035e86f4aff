namespace AirportOps.Warehouse.Cluster;

/// <summary>How a private cluster is found and started.</summary>
public sealed record LocalClusterOptions
{
    /// <summary>
    /// The folder with PostgreSQL's programs, the setting <c>AIRPORTOPS_PG_BIN</c>. Null, the default, searches PATH and the folders of
    /// Debian, Red Hat and Homebrew packages.
    /// </summary>
    public string? BinaryFolder { get; init; }

    /// <summary>Whether missing programs are installed where that is possible (Debian and its kin, as root). Default true.</summary>
    public bool InstallMissing { get; init; } = true;

    /// <summary>How long a server may take to start, recovery after a crash included. Default two minutes; more than zero.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock that waiting and timeouts go by. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
