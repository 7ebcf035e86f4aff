using System.Data.Common;

namespace AirportOps.Reliability;

/// <summary>Tells whose fault an exception is.</summary>
public static class Faults
{
    private const int NoSpace = 28;
    private const int LinuxQuotaExceeded = 122;
    private const int WindowsNoSpace = unchecked((int)0x80070070);

    /// <summary>
    /// Whose fault it is: what a <see cref="FaultException"/> says; of others, a full disk and a database that is away are
    /// <see cref="Fault.Outside"/>, a file that may not be touched is <see cref="Fault.Operator"/>, and everything else is
    /// <see cref="Fault.Ours"/>.
    /// </summary>
    public static Fault Of(Exception exception) => exception switch
    {
        FaultException known => known.Fault,
        DbException { IsTransient: true } => Fault.Outside,
        IOException file => IsDiskFull(file) ? Fault.Outside : Fault.Ours,
        UnauthorizedAccessException => Fault.Operator,
        _ => Fault.Ours,
    };

    /// <summary>Whether an exception says by itself what is wrong and what to do, so that its message is enough for an operator.</summary>
    public static bool IsTold(Exception exception) => exception is FaultException or IOException or UnauthorizedAccessException;

    /// <summary>Whether an exception is the file system's.</summary>
    public static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException;

    /// <summary>Whether the file system has no room left, on the disk or by a quota.</summary>
    public static bool IsDiskFull(Exception exception) => exception.HResult is NoSpace or LinuxQuotaExceeded or WindowsNoSpace;
}
