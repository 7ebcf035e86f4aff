using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>
/// An operation of the awsJson protocol (<see href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">specification</see>): a POST
/// of one JSON object, the operation named in a header.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResponse">The answer.</typeparam>
/// <param name="service">Whose operation it is.</param>
/// <param name="name">The operation's name.</param>
/// <param name="request">How the request is written.</param>
/// <param name="response">How the answer is read.</param>
/// <param name="errors">The service's typed errors.</param>
public sealed class JsonOperation<TRequest, TResponse>(
    ServiceIdentity service, string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TResponse> response, ServiceErrors errors)
    : ServiceOperation<TResponse>(new InvokeOptions
    {
        RequestMarshaller = new Marshaller(service, name, request),
        ResponseUnmarshaller = new Unmarshaller(response, errors),
    })
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private sealed class Marshaller(ServiceIdentity service, string name, JsonTypeInfo<TRequest> type)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        private readonly string _target = $"{service.TargetPrefix}.{name}";

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            using var body = new PooledBuffer();
            using (var json = new Utf8JsonWriter(body))
            {
                JsonSerializer.Serialize(json, (TRequest)input, type);
            }

            var request = new DefaultRequest(input, service.ServiceId)
            {
                HttpMethod = "POST",
                ResourcePath = "/",
                Content = body.WrittenSpan.ToArray(),
            };
            request.Headers["Content-Type"] = "application/x-amz-json-1.1";
            request.Headers["X-Amz-Target"] = _target;
            request.Headers["X-Amz-Api-Version"] = service.ApiVersion;
            return request;
        }
    }

    private sealed class Unmarshaller(JsonTypeInfo<TResponse> type, ServiceErrors errors) : JsonResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
        {
            // The runtime says 0 also of an answer that comes in chunks, whose length nobody knows yet.
            using var unknown = input.ResponseData.ContentLength == 0 ? new MemoryStream() : null;
            if (unknown is not null)
            {
                input.Stream.CopyTo(unknown);
                if (unknown.Length == 0)
                {
                    // Operations without output answer with an empty body.
                    return new TResponse();
                }

                unknown.Position = 0;
            }

            try
            {
                return JsonSerializer.Deserialize(unknown ?? input.Stream, type) ?? new TResponse();
            }
            catch (JsonException malformed)
            {
                var message = string.Create(
                    CultureInfo.InvariantCulture, $"The answer is no {typeof(TResponse).Name}, at byte {malformed.BytePositionInLine}: {malformed.Message}");
                throw new AmazonUnmarshallingException(
                    input.ResponseData.GetHeaderValue("x-amzn-RequestId"), malformed.Path, message, malformed, HttpStatusCode.OK);
            }
        }

        public override AmazonServiceException UnmarshallException(
            JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var reader = new StreamingUtf8JsonReader(input.Stream);
            var error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
            return errors.Create(new ErrorDetails(
                error.Message, innerException, error.Type, error.Code, error.RequestId, statusCode));
        }
    }
}
