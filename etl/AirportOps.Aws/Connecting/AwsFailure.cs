using AirportOps.Reliability;

namespace AirportOps.Aws.Connecting;

/// <summary>A call to AWS that failed, on its way to the exception of the place it was about.</summary>
/// <param name="trouble">What went wrong.</param>
/// <param name="innerException">Of the SDK or the transport.</param>
internal sealed class AwsFailure(AwsTrouble trouble, Exception? innerException) : FaultException($"{trouble.Cause}.", trouble.Fault, innerException)
{
    /// <summary>What went wrong.</summary>
    public AwsTrouble Trouble { get; } = trouble;

    /// <summary>Whose fault a failure is for who repeats a single call: a call is repeated for nothing but what is outside, and only if it is AWS's.</summary>
    public static Fault FaultOfCall(Exception failure) => failure is AwsFailure { Fault: Fault.Outside } ? Fault.Outside : Fault.Operator;

    /// <summary>How long a failure is waited out: throttling however long it lasts, anything else as long as is given for its kind.</summary>
    public static TimeSpan PatienceWith(Exception failure, Func<AwsTroubleKind, TimeSpan> patience) => failure switch
    {
        AwsFailure { Trouble.Kind: AwsTroubleKind.Throttled } => Timeout.InfiniteTimeSpan,
        AwsFailure known => patience(known.Trouble.Kind),
        _ => TimeSpan.Zero,
    };
}
