using System.Text;
using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Where in a state a check is, for its message.</summary>
internal sealed class StatePlace(string argument, string path)
{
    public StatePlace Within(string part) => new(argument, path + part);

    public void Require(bool holds, string name, string reason)
    {
        if (!holds)
        {
            InvalidInputException.Throw($"{argument}/{path}{name}".TrimEnd('/'), reason);
        }
    }

    public void Within(double value, double least, double most, string name)
    {
        if (!(value >= least && value <= most))
        {
            Require(false, name, $"{value}, must be {least}..{most}");
        }
    }

    public void Count(int count, int most, string name)
    {
        if (count > most)
        {
            throw new LimitExceededException(argument, $"{path}{name}: {count}, at most {most}");
        }
    }

    public void Name(string value, string name)
    {
        Require(value.Length > 0, name, "is empty");
        if (value.Length > StrangeLoopLimits.NameBytesMax / 3 && Encoding.UTF8.GetByteCount(value) > StrangeLoopLimits.NameBytesMax)
        {
            throw new LimitExceededException(argument, $"{path}{name}: a name of more than {StrangeLoopLimits.NameBytesMax} bytes");
        }
    }
}
