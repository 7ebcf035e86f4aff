using System.Text;
using System.Text.Json;

namespace AirportOps.Aws.Checks;

/// <summary>A statement of an IAM policy that allows one action.</summary>
/// <param name="Action">For instance <c>s3:GetObject</c>.</param>
/// <param name="Resource">The ARN.</param>
public sealed record PolicyStatement(string Action, string Resource)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What it is tied to; null for nothing.</summary>
    public PolicyCondition? Condition { get; init; }

    /// <summary>The statement as policies hold it, in one line.</summary>
    public string ToJson()
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Plain))
        {
            json.WriteStartObject();
            json.WriteString("Effect", "Allow");
            json.WriteString(nameof(Action), Action);
            json.WriteString(nameof(Resource), Resource);
            if (Condition is { } condition)
            {
                json.WriteStartObject(nameof(Condition));
                json.WriteStartObject("StringEquals");
                json.WriteString(condition.Key, condition.Value);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
