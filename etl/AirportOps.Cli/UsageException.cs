namespace AirportOps.Cli;

/// <summary>The command line or a setting is wrong: exit status 2.</summary>
/// <param name="message">One line: what is wrong, what is expected.</param>
internal sealed class UsageException(string message) : Exception(message);
