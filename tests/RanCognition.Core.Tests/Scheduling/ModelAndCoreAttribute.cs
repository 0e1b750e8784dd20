using System.Reflection;
using Xunit.Sdk;

namespace RanCognition.Tests.Scheduling;

/// <summary>Runs a test on the model, which proves the model by examples worked out by hand, and on the core.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ModelAndCoreAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[Subject.Model], [Subject.Core]];
}
