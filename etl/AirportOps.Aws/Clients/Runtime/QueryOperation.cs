using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AirportOps.Aws.Clients.Runtime;

/// <summary>
/// An operation of the query protocol (<see href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">specification</see>): a form is
/// posted, XML answers.
/// </summary>
/// <typeparam name="TRequest">What is asked.</typeparam>
/// <typeparam name="TResponse">The answer.</typeparam>
/// <param name="service">Whose operation it is.</param>
/// <param name="name">The operation's name.</param>
/// <param name="parameters">The form's fields; those without a value are left out.</param>
/// <param name="read">Makes the answer from the texts of the result's elements, by their names; null for one that is not there.</param>
/// <param name="errors">The service's typed errors.</param>
public sealed class QueryOperation<TRequest, TResponse>(
    ServiceIdentity service,
    string name,
    Func<TRequest, IEnumerable<(string Name, string? Value)>> parameters,
    Func<Func<string, string?>, TResponse> read,
    ServiceErrors errors)
    : ServiceOperation<TResponse>(new InvokeOptions
    {
        RequestMarshaller = new Marshaller(service, name, parameters),
        ResponseUnmarshaller = new Unmarshaller($"{name}Result", read, errors),
    })
    where TRequest : AmazonWebServiceRequest
    where TResponse : AmazonWebServiceResponse, new()
{
    private sealed class Marshaller(
        ServiceIdentity service, string name, Func<TRequest, IEnumerable<(string Name, string? Value)>> parameters)
        : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var request = new DefaultRequest(input, service.ServiceId) { HttpMethod = "POST", ResourcePath = "/" };
            request.Parameters["Action"] = name;
            request.Parameters["Version"] = service.ApiVersion;
            foreach (var (field, value) in parameters((TRequest)input))
            {
                if (value is not null)
                {
                    request.Parameters[field] = value;
                }
            }

            return request;
        }
    }

    private sealed class Unmarshaller(string resultElement, Func<Func<string, string?>, TResponse> read, ServiceErrors errors)
        : XmlResponseUnmarshaller
    {
        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            var document = XDocument.Load(input.Stream);
            var result = document.Descendants().FirstOrDefault(element => element.Name.LocalName == resultElement);
            return read(field => result?.Elements().FirstOrDefault(element => element.Name.LocalName == field)?.Value);
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            var texts = XDocument.Load(input.Stream).Descendants()
                .Where(element => !element.HasElements)
                .GroupBy(element => element.Name.LocalName, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
            return errors.Create(new ErrorDetails(
                Text("Message"),
                innerException,
                Text("Type") == "Sender" ? ErrorType.Sender : ErrorType.Receiver,
                Text("Code"),
                Text("RequestId"),
                statusCode));

            string Text(string element) => texts.GetValueOrDefault(element, string.Empty);
        }
    }
}
