using AirportOps.Aws.Clients.Runtime;
using Amazon.Runtime;
using Amazon.SimpleNotificationService.Model;

namespace Amazon.SimpleNotificationService;

/// <summary>The operations with their shapes and errors.</summary>
internal static class SimpleNotificationServiceOperations
{
    private static readonly ServiceErrors Errors = new(
        error => new AmazonSimpleNotificationServiceException(
            error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        Typed());

    internal static readonly QueryOperation<GetTopicAttributesRequest, GetTopicAttributesResponse> GetTopicAttributes = new(
        AmazonSimpleNotificationServiceConfig.ServiceIdentity,
        "GetTopicAttributes",
        request => [("TopicArn", request.TopicArn)],
        _ => new GetTopicAttributesResponse(),
        Errors);

    internal static readonly QueryOperation<PublishRequest, PublishResponse> Publish = new(
        AmazonSimpleNotificationServiceConfig.ServiceIdentity,
        "Publish",
        request =>
        [
            ("Message", request.Message),
            ("MessageDeduplicationId", request.MessageDeduplicationId),
            ("MessageGroupId", request.MessageGroupId),
            ("MessageStructure", request.MessageStructure),
            ("PhoneNumber", request.PhoneNumber),
            ("Subject", request.Subject),
            ("TargetArn", request.TargetArn),
            ("TopicArn", request.TopicArn),
            .. AttributesOf(request),
        ],
        result => new PublishResponse { MessageId = result("MessageId"), SequenceNumber = result("SequenceNumber") },
        Errors);

    /// <summary>A map of the query protocol: entries numbered from 1, each with a name and a value.</summary>
    private static IEnumerable<(string, string?)> AttributesOf(PublishRequest request) =>
        (request.MessageAttributes ?? []).SelectMany((attribute, index) => new (string, string?)[]
        {
            ($"MessageAttributes.entry.{index + 1}.Name", attribute.Key),
            ($"MessageAttributes.entry.{index + 1}.Value.DataType", attribute.Value.DataType),
            ($"MessageAttributes.entry.{index + 1}.Value.StringValue", attribute.Value.StringValue),
        });

    private static Dictionary<string, Func<ErrorDetails, AmazonServiceException>> Typed() => new(StringComparer.Ordinal)
    {
        ["AuthorizationError"] = error =>
            new AuthorizationErrorException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        ["InternalError"] = error =>
            new InternalErrorException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        ["InvalidParameter"] = error =>
            new InvalidParameterException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        ["NotFound"] = error =>
            new NotFoundException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
        ["Throttled"] = error =>
            new ThrottledException(error.Message, error.InnerException, error.Type, error.Code, error.RequestId, error.StatusCode),
    };
}
