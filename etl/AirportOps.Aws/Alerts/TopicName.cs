namespace AirportOps.Aws.Alerts;

/// <summary>A topic of SNS by its ARN.</summary>
/// <param name="Arn">The ARN.</param>
/// <param name="Region">The region it lies in.</param>
/// <param name="IsFifo">Whether it keeps an order, and so wants groups and ids.</param>
public sealed record TopicName(string Arn, string Region, bool IsFifo)
{
    /// <summary>Reads an ARN.</summary>
    /// <exception cref="FormatException">It is none of a topic.</exception>
    public static TopicName Parse(string text) =>
        text?.Split(':') is ["arn", { Length: > 0 }, "sns", { Length: > 0 } region, { Length: > 0 }, { Length: > 0 } name]
            ? new TopicName(text, region, name.EndsWith(".fifo", StringComparison.Ordinal))
            : throw new FormatException($"'{text}' is no ARN of a topic; expected arn:aws:sns:REGION:ACCOUNT:NAME");
}
