using RanCognition.Scheduling;

namespace RanCognition.Tests.Scheduling;

/// <summary>A test of an inner part of the scheduler; skipped where there is none of this name.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SchedulerPartFactAttribute : FactAttribute
{
    public SchedulerPartFactAttribute(string name)
    {
        Type core = typeof(NanoScheduler);
        const System.Reflection.BindingFlags Any = System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public;
        if (core.Assembly.GetType($"{core.Namespace}.{name}") is null && core.GetProperty(name, Any) is null)
        {
            Skip = $"there is no {name}";
        }
    }
}
