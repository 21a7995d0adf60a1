"""The portal of somebody who has not arrived: the pages of the request for the first form."""
