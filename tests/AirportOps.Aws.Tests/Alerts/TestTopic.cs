using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace AirportOps.Aws.Tests.Alerts;

/// <summary>A topic on moto, and a queue that has what was published to it.</summary>
internal sealed class TestTopic
{
    private static readonly HttpClient Http = new();

    private readonly Uri _moto;
    private readonly string _queueUrl;

    private TestTopic(Uri moto, string arn, string queueUrl) => (_moto, Arn, _queueUrl) = (moto, arn, queueUrl);

    internal string Arn { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Creates both; the queue takes the messages that the filter lets through, all without one.</summary>
    internal static async Task<TestTopic> CreateAsync(Uri moto, bool isFifo = false, string? filter = null)
    {
        var name = $"alerts-{Guid.NewGuid():N}{(isFifo ? ".fifo" : string.Empty)}";
        (string, string)[] fifo = isFifo ? [("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true")] : [];
        (string, string)[] fifoQueue = isFifo ? [("Attribute.1.Name", "FifoQueue"), ("Attribute.1.Value", "true")] : [];
        var topic = await AskAsync(moto, "sns", "2010-03-31", "TopicArn", [("Action", "CreateTopic"), ("Name", name), .. fifo]);
        var queue = await AskAsync(moto, "sqs", "2012-11-05", "QueueUrl", [("Action", "CreateQueue"), ("QueueName", name), .. fifoQueue]);
        (string, string)[] policy = filter is null ? [] : [("Attributes.entry.1.key", "FilterPolicy"), ("Attributes.entry.1.value", filter)];
        await AskAsync(
            moto,
            "sns",
            "2010-03-31",
            "SubscriptionArn",
            [("Action", "Subscribe"), ("TopicArn", topic), ("Protocol", "sqs"), ("Endpoint", $"arn:aws:sqs:us-east-1:123456789012:{name}"), .. policy]);
        return new TestTopic(moto, topic, queue);
    }

    /// <summary>The messages that came since the last call: subject, text and attributes as SNS puts them into a queue.</summary>
    internal async Task<IReadOnlyList<JsonNode>> ReceiveAsync()
    {
        var answer = await PostAsync(
            _moto, "sqs", "2012-11-05", [("Action", "ReceiveMessage"), ("QueueUrl", _queueUrl), ("MaxNumberOfMessages", "10"), ("WaitTimeSeconds", "0")]);
        return [.. answer.Descendants().Where(element => element.Name.LocalName == "Body").Select(body => JsonNode.Parse(body.Value)!)];
    }

    private static async Task<string> AskAsync(Uri moto, string service, string version, string element, params (string, string)[] form) =>
        (await PostAsync(moto, service, version, form)).Descendants().First(found => found.Name.LocalName == element).Value;

    private static async Task<XDocument> PostAsync(Uri moto, string service, string version, (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, moto)
        {
            Content = new FormUrlEncodedContent([.. form.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("Version", version)]),
        };

        // moto finds the service by the scope of the signature, which it does not check here.
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256", $"Credential=test/20260301/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using var answer = await Http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.IsSuccessStatusCode, text);
        return XDocument.Parse(text);
    }
}
