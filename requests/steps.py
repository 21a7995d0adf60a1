"""Which steps of approval these answers lead over, in their order."""


def steps_asked(student_request):
    """Return the numbers of the steps that are asked, the first first."""
    answers = student_request.answers
    steps = student_request.type.approval_steps
    return [number for number, step in enumerate(steps) if step.is_asked(answers)]


def first_step(student_request):
    """Return the number of the step that is asked first."""
    return next(iter(steps_asked(student_request)), 0)


def step_after(student_request):
    """Return the number of the step that follows the present one, or None after the last."""
    later = (each for each in steps_asked(student_request) if each > student_request.approval_step)
    return next(later, None)
