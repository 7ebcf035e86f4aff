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

    /// <summary>How long a server may take to start, recovery after a crash and restarts of one that hangs included. Default three minutes; more than zero.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// How long a server may neither answer nor tell of its recovery, which it does every ten seconds, before it counts as hanging and is started again. Default
    /// 30 seconds; more than 10 seconds but in tests.
    /// </summary>
    public TimeSpan HangTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long each way to stop a server may take before the next harder one: it is asked, then told, then killed. Its shutdown writes 256 MiB of buffers at most.
    /// Default 20 seconds; more than zero.
    /// </summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The clock that waiting and timeouts go by. Default the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
