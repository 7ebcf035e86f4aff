using AirportOps.Reliability;

namespace AirportOps.Aws.Redshift;

/// <summary>A call to Redshift's services that got an error or no answer. Whether what it asked for was done is not said.</summary>
/// <param name="code">The service's name for it; null when there was no answer.</param>
/// <param name="message">One line: what, and what to do, with a full stop.</param>
/// <param name="fault">Whose fault it is; ours is a session that has ended, and with it what was not committed in it.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class RedshiftApiException(string? code, string message, Fault fault, Exception? innerException)
    : FaultException(message, fault, innerException)
{
    /// <summary>The service's name for it, as <c>ValidationException</c>; null when there was no answer.</summary>
    public string? Code { get; } = code;
}
