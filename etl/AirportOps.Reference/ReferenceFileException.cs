namespace AirportOps.Reference;

/// <summary>A reference file of the user's own can't be used. The message says which, where in it, and what to do.</summary>
/// <param name="message">For one line.</param>
/// <param name="cause">What was thrown below; may be null.</param>
public sealed class ReferenceFileException(string message, Exception? cause) : Exception(message, cause);
