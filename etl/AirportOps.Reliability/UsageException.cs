namespace AirportOps.Reliability;

/// <summary>
/// What a person gave can't be meant: the command line, a setting, a place's name. The only exception that is the user's mistake: exit status 2.
/// </summary>
/// <param name="message">One line: what is wrong, what is expected.</param>
public sealed class UsageException(string message) : FaultException(message, Fault.Operator, null);
